// SPDX-License-Identifier: Apache-2.0
// Runs before the first paint, so that a chosen theme never flashes. Without a choice the system's preference applies.
(function () {
  var kept = null;
  try { kept = localStorage.getItem('theme'); } catch (e) { /* a private window */ }
  if (kept === 'light' || kept === 'dark') document.documentElement.dataset.theme = kept;
})();
