"""The JupyterHub of the load test: on loopback, without passwords, homes in a throw-away folder."""

import json
import os

given = json.loads(os.environ["HUB_LOAD"])  # from load.py: addresses, token, folder of the homes

c = get_config()  # noqa: F821
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = given["homes"] + "/{username}"
c.Spawner.start_timeout = c.Spawner.http_timeout = 240  # a slow machine is a result, too
c.Spawner.default_url = "/lab"
c.Spawner.args = ["--allow-root"]  # in a container everybody is root

c.JupyterHub.bind_url = given["url"]
c.JupyterHub.hub_bind_url = given["hub"]
c.JupyterHub.log_level = "WARN"
# the proxy runs apart from the hub, as in The Littlest JupyterHub, and outlives it
c.ConfigurableHTTPProxy.should_start = False
c.ConfigurableHTTPProxy.api_url = given["proxy"]
c.ConfigurableHTTPProxy.auth_token = given["token"]

c.JupyterHub.services = [{"name": "load", "api_token": given["token"]}]
c.JupyterHub.load_roles = [{"name": "load", "services": ["load"],
                            "scopes": ["admin:users", "admin:servers", "access:servers"]}]
