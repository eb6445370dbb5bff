import type { DeliveryClients } from "../../../src/aws/delivery-clients";
import { pendingApproval } from "../../../src/operate/approval/pending";
import { deliveryWith } from "../../support/delivery";

it("asks nothing of an environment whose releases need no approval", async () => {
  await expect(pendingApproval({} as DeliveryClients, deliveryWith())).rejects.toThrow(
    "environments.dev.approval: expected true, got false: releases to it wait for nobody",
  );
});
