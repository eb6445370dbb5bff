"""Step Functions.

Stock moto can neither validate a definition nor list the versions of a state machine,
which Terraform asks for in every plan.
"""

from typing import Any

from moto.core.responses import ActionResult
from moto.stepfunctions import responses


class Response(responses.StepFunctionResponse):
    """The operations that stock moto lacks."""

    def validate_state_machine_definition(self) -> ActionResult:
        """Parse the definition with moto's own grammar of the language."""
        # To read the grammar takes a quarter of a second, which few systems need.
        from moto.stepfunctions.parser.asl.parse.asl_parser import (
            AmazonStateLanguageParser,
            ASLParserException,
        )

        faults: list[str] = []
        try:
            AmazonStateLanguageParser.parse(self._get_param("definition"))
        except ASLParserException as error:
            faults = error.errors
        result: dict[str, Any] = {
            "result": "FAIL" if faults else "OK",
            "diagnostics": [
                {"severity": "ERROR", "code": "SCHEMA_VALIDATION_FAILED", "message": one}
                for one in faults
            ],
        }
        return ActionResult(result)

    def list_state_machine_versions(self) -> ActionResult:
        """List the versions, of which there is none: nothing publishes one."""
        self.stepfunction_backend.describe_state_machine(
            self._get_param("stateMachineArn")
        )
        return ActionResult({"stateMachineVersions": []})


def apply() -> None:
    """Put the patch on."""
    responses.StepFunctionResponse = Response
