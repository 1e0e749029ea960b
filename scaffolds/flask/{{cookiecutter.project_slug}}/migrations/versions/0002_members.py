"""Members

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-21 16:32:10

"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=150), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("session_token", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("session_token", name=op.f("uq_member_session_token")),
        sa.UniqueConstraint("username", name=op.f("uq_member_username")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.add_column(sa.Column("author_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_review_author_id"), ["author_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_review_author_id_member"),
            "member",
            ["author_id"],
            ["id"],
            ondelete="SET NULL",
        )


def downgrade():
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_review_author_id_member"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_review_author_id"))
        batch_op.drop_column("author_id")

    op.drop_table("member")
