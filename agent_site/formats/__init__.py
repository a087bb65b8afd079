"""How the console writes dates, by language: Django reads these instead of the language's own."""
