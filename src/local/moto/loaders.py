"""The description of each service is read once.

botocore creates a loader for each session, and moto one for each service. Each loader lists
the folders of all services, and reads descriptions that another loader has read.
"""

from functools import cache

import botocore.loaders
import moto.core.utils

botocore.loaders.create_loader = cache(botocore.loaders.create_loader)
moto.core.utils.create_loader = cache(moto.core.utils.create_loader)
