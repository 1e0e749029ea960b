from rest_framework.permissions import BasePermission


class IsAuthor(BasePermission):
    message = "Only its author may change this review."

    def has_object_permission(self, request, view, review):
        return review.author == request.user
