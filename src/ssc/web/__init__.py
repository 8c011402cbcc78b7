"""What every page and every call stands on: templates, forms, guards, problems, paging and chrome."""
