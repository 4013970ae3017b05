# SPDX-License-Identifier: Apache-2.0
"""`sql --engine athena`: statements Athena's grammar takes, about columns that are in the bucket."""

import io

import pyarrow.parquet
import pytest
import sqlglot
from sqlglot import exp

from s3_server import BUCKET, S3Server


@pytest.fixture(scope="module")
def s3(tmp_path_factory):
    server = S3Server(tmp_path_factory.mktemp("s3"))
    yield server
    server.stop()


PARQUET_TYPES = {"VARCHAR": {"string"}, "TEXT": {"string"}, "INT": {"int32"}, "BIGINT": {"int64"}, "DOUBLE": {"double"},
                 "BOOLEAN": {"bool"}, "DATE": {"date32[day]"}, "TIMESTAMP": {"timestamp[us]", "timestamp[us, tz=UTC]"},
                 "FLOAT": {"float"}, "ARRAY": {"list<element: string>", "list<element: string not null>"}}


def test_athena_statements_fit_the_files_in_the_bucket(machine, s3):
    machine.environment.update(s3.environment)
    uri = f"s3://{BUCKET}/athena"
    assert machine.run("demo", "--lake", machine.lake).code == 0
    assert machine.run("load", uri).code == 0
    objects = s3.objects("athena")
    sql = machine.run("sql", "--engine", "athena", SOUNDLAKE_LAKE=uri)
    assert sql.code == 0, sql.err
    seen, columns = set(), 0
    for statement in sqlglot.parse(sql.out, read="athena"):
        if not isinstance(statement, exp.Create) or statement.kind != "TABLE":
            assert statement is None or not isinstance(statement, exp.Command), statement.sql()
            continue
        table = statement.this.this.name
        location = statement.find(exp.LocationProperty).this.name
        assert location.startswith(f"{uri}/{table}/")
        keys = [key for key in objects if f"s3://{BUCKET}/athena/{key}".startswith(location)]
        assert keys, location
        schema = pyarrow.parquet.read_schema(io.BytesIO(objects[keys[0]]))
        partitions = {column.name for column in statement.find(exp.PartitionedByProperty).find_all(exp.ColumnDef)} \
            if statement.find(exp.PartitionedByProperty) else set()
        for column in statement.this.find_all(exp.ColumnDef):
            if column.name in partitions or not column.args.get("kind") or column.find_ancestor(exp.DataType):
                continue
            assert str(schema.field(column.name).type) in PARQUET_TYPES[column.kind.this.name], column.sql()
            columns += 1
        seen.add(table)
    assert {"plays", "artists", "albums", "tracks", "top_artists", "facts"} <= seen
    assert columns > 100
