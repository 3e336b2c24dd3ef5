"""What headquarters do: numbers, the project's days, reports, publication; never footage."""
