"""What drf-spectacular cannot read off the views: which parameters and files they take."""

from drf_spectacular.utils import extend_schema, extend_schema_view

from imports.serializers import ImportSerializer
from imports.views import ImportList
from shelf.api import views
from shelf.api.queries import BookQuery, PageQuery

extend_schema_view(get=extend_schema(parameters=[BookQuery]))(views.BookList)
extend_schema_view(get=extend_schema(parameters=[PageQuery]))(views.ReviewList)
extend_schema(request={"text/csv": str}, responses={202: ImportSerializer})(ImportList)
