"""Staff, and reviews that they hide."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A default of the database: the rows that are there already need a value too.
    no = sa.false()
    with op.batch_alter_table("member") as member:
        member.add_column(
            sa.Column("is_staff", sa.Boolean(), nullable=False, server_default=no),
        )
    with op.batch_alter_table("review") as review:
        review.add_column(
            sa.Column("hidden", sa.Boolean(), nullable=False, server_default=no),
        )


def downgrade() -> None:
    with op.batch_alter_table("review") as review:
        review.drop_column("hidden")
    with op.batch_alter_table("member") as member:
        member.drop_column("is_staff")
