"""What the service says of itself: its configuration, resource types and schemas (RFC 7644, 4)."""

from scim2_models import (
    AuthenticationScheme,
    Bulk,
    ChangePassword,
    EnterpriseUser,
    ETag,
    Filter,
    NotFoundException,
    Patch,
    ResourceType,
    ServiceProviderConfig,
    Sort,
    User,
)
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hub.demo.systems.scim.search import MAX_RESULTS, Model
from hub.demo.systems.state import Json

LIST_RESPONSE = "urn:ietf:params:scim:api:messages:2.0:ListResponse"


class ScimResponse(JSONResponse):
    """JSON under the media type of RFC 7644, 3.1."""

    media_type = "application/scim+json"


def listed(resources: list[Json], *, total: int, start: int = 1) -> Response:
    """Return one page of a list."""
    answer = {
        "schemas": [LIST_RESPONSE],
        "totalResults": total,
        "startIndex": start,
        "itemsPerPage": len(resources),
        "Resources": resources,
    }
    return ScimResponse(answer)


def routes(base: str) -> list[Route]:
    """Return the routes of discovery, under the base path of the service."""
    types: list[Json] = [ResourceType.from_resource(Model).model_dump()]
    schemas: list[Json] = [User.to_schema().model_dump(), EnterpriseUser.to_schema().model_dump()]
    configuration = _configuration().model_dump()

    async def configured(_: Request) -> Response:
        return ScimResponse(configuration)

    return [
        Route(f"{base}/ServiceProviderConfig", configured),
        *_catalogue(f"{base}/ResourceTypes", types),
        *_catalogue(f"{base}/Schemas", schemas),
    ]


def _catalogue(path: str, resources: list[Json]) -> list[Route]:
    async def every(_: Request) -> Response:
        return listed(resources, total=len(resources))

    async def one(request: Request) -> Response:
        for resource in resources:
            if resource["id"] == request.path_params["id"]:
                return ScimResponse(resource)
        raise NotFoundException(detail=f"{request.path_params['id']} not found")

    return [Route(path, every), Route(f"{path}/{{id}}", one)]


def _configuration() -> ServiceProviderConfig:
    scheme = AuthenticationScheme(
        type=AuthenticationScheme.Type.oauthbearertoken,
        name="Bearer token",
        description="The token of the one account that this pretend system knows.",
    )
    return ServiceProviderConfig(
        patch=Patch(supported=True),
        bulk=Bulk(supported=False, max_operations=0, max_payload_size=0),
        filter=Filter(supported=True, max_results=MAX_RESULTS),
        change_password=ChangePassword(supported=False),
        sort=Sort(supported=True),
        etag=ETag(supported=True),
        authentication_schemes=[scheme],
    )
