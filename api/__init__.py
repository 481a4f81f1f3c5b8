"""The HTTP side. `api.app:create_app()` is the application."""
