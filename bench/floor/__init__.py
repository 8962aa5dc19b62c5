"""The least a Django site can do: what `bench.load` measures ours against.

A project of its own without middleware: a view that returns constant bytes, and one that validates one form with the
fields of our sign-on and inserts one row. It runs under the same gunicorn settings on the same PostgreSQL, with the
same connection settings.
"""
