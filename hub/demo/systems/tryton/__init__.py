"""A pretend Tryton 8.2 server with the quality, company and party modules, over its REST API."""
