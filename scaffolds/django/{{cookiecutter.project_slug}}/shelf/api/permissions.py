from rest_framework.permissions import IsAuthenticatedOrReadOnly


class MembersWrite(IsAuthenticatedOrReadOnly):
    """Let everyone read, and members write.

    A method that an address does not have is answered with 405, whoever asks.
    """

    def has_permission(self, request, view):
        if request.method not in view.allowed_methods:
            return True
        return super().has_permission(request, view)


class IsAuthor(MembersWrite):
    message = "Only its author may change this review."

    def has_object_permission(self, request, view, review):
        return review.author == request.user
