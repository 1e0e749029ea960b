from django.contrib.auth.middleware import LoginRequiredMiddleware


class LoginRequiredToWriteMiddleware(LoginRequiredMiddleware):
    """Let everybody read, but only members change something, whatever the view.

    A view for everybody is marked with `login_not_required`. REST framework's views
    follow `DEFAULT_PERMISSION_CLASSES` instead.
    """

    def process_view(self, request, view_func, view_args, view_kwargs):
        if request.method in ("GET", "HEAD", "OPTIONS", "TRACE"):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
