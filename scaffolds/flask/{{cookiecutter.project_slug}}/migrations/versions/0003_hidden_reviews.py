"""Staff and hidden reviews

Revision ID: 0003
Revises: 0002
Create Date: 2026-11-21 16:44:51

"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "is_staff", sa.Boolean(), server_default=sa.false(), nullable=False
            )
        )

    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("hidden", sa.Boolean(), server_default=sa.false(), nullable=False)
        )


def downgrade():
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_column("hidden")

    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_column("is_staff")
