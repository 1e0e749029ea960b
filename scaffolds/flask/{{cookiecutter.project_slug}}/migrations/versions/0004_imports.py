"""Imports

Revision ID: 0004
#: if not cookiecutter.auth :#
Revises: 0001
#: endif :#
#: if cookiecutter.auth and not cookiecutter.admin :#
Revises: 0002
#: endif :#
#: if cookiecutter.admin :#
Revises: 0003
#: endif :#
Create Date: 2026-11-21 16:50:12

"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
#: if not cookiecutter.auth :#
down_revision = "0001"
#: endif :#
#: if cookiecutter.auth and not cookiecutter.admin :#
down_revision = "0002"
#: endif :#
#: if cookiecutter.admin :#
down_revision = "0003"
#: endif :#
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("errors", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import")),
    )


def downgrade():
    op.drop_table("import")
