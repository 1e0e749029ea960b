"""Members, and who wrote a review."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=150), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("session_token", sa.String(length=43), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("session_token", name=op.f("uq_member_session_token")),
        sa.UniqueConstraint("username", name=op.f("uq_member_username")),
    )
    with op.batch_alter_table("review") as review:
        review.add_column(sa.Column("author_id", sa.Integer(), nullable=True))
        review.create_foreign_key(
            op.f("fk_review_author_id_member"),
            "member",
            ["author_id"],
            ["id"],
            ondelete="SET NULL",
        )


def downgrade() -> None:
    with op.batch_alter_table("review") as review:
        review.drop_constraint(op.f("fk_review_author_id_member"), type_="foreignkey")
        review.drop_column("author_id")
    op.drop_table("member")
