// SPDX-License-Identifier: Apache-2.0
// The parts of ECharts that are used; titles, legends and tooltips are elements of the page.
import { BarChart, CustomChart, ScatterChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([BarChart, CustomChart, ScatterChart, GridComponent, CanvasRenderer]);
export { init };
