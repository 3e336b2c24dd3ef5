"""An RTSP server by other hands, run by the system's Python: PORT PASSWORD FILE PIPELINE…

The film of FILE is sent through each PIPELINE (`h264parse ! rtph264pay name=pay0`) at /0, /1, …
With a PASSWORD it demands digest authentication of the user `hokanko`.
"""

import sys

import gi

gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402  after its version

port, password, film, *pipelines = sys.argv[1:]
Gst.init(None)
server = GstRtspServer.RTSPServer(service=port, address="127.0.0.1")
may = GstRtspServer.RTSPPermissions.new()
may.add_role("viewer")
for what in ("media.factory.access", "media.factory.construct"):
    may.add_permission_for_role("viewer", what, True)
if password:
    token = GstRtspServer.RTSPToken.new()
    token.set_string("media.factory.role", "viewer")
    auth = GstRtspServer.RTSPAuth()
    auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
    auth.add_digest("hokanko", password, token)
    server.set_auth(auth)
for number, pipeline in enumerate(pipelines):
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(f"( filesrc location={film} ! qtdemux ! {pipeline} )")
    if password:
        factory.set_permissions(may)
    server.get_mount_points().add_factory(f"/{number}", factory)
server.attach(None)
sys.stdout.write("ready\n")
sys.stdout.flush()
GLib.MainLoop().run()
