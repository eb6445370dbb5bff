"""What does not change is worked out once.

botocore creates a loader for each session, and moto one for each service. Each loader lists
the folders of all services, and reads descriptions that another loader has read. moto lists
the methods of a service's class at each request.
"""

from functools import cache

import botocore.loaders
import moto.core.responses
import moto.core.utils

botocore.loaders.create_loader = cache(botocore.loaders.create_loader)
moto.core.utils.create_loader = cache(moto.core.utils.create_loader)
moto.core.responses.method_names_from_class = cache(
    moto.core.responses.method_names_from_class
)
