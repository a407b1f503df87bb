"""The database itself refuses to change or remove an entry of the record, or what it was about."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("audit_entry", "audit_mention")
SAYS = "The record is added to and never changed."

POSTGRESQL = f"""
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{SAYS}'; END $$;
""" + "".join(
    f"""
CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""
    for table in TABLES
)
SQLITE = [
    f"CREATE TRIGGER {table}_{what.lower()} BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    for table in TABLES
    for what in ("UPDATE", "DELETE")
]


def protect(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers in place, in the words of this database."""
    if editor.connection.vendor == "postgresql":
        editor.execute(POSTGRESQL)
    else:
        for statement in SQLITE:
            editor.execute(statement)


class Migration(migrations.Migration):
    """Triggers against change."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(protect)]
