"""One module a resource; `service` gathers their routers."""
