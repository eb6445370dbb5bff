import { S3Client } from "@aws-sdk/client-s3";
import { hasBucket, hasObject } from "../../../src/terraform/state/bucket";
import { describeLock, readStateLock } from "../../../src/terraform/state/lock";
import { fakeService } from "../../support/fake-service";

const service = fakeService();
const s3 = () => new S3Client(service.settings);
const bucket = () => hasBucket(s3(), "states", "111111111111");

describe("the state bucket", () => {
  it("exists or not", async () => {
    service.answers({ status: 200 });
    expect(await bucket()).toBe(true);
    expect(await hasObject(s3(), "states", "key")).toBe(true);
    service.answers({ status: 404 });
    expect(await bucket()).toBe(false);
    expect(await hasObject(s3(), "states", "key")).toBe(false);
  });

  it("is refused if it belongs to another account, or is in another region", async () => {
    service.answers({ status: 403 });
    await expect(bucket()).rejects.toThrow(
      /^state\.bucket: states belongs to another account than 111111111111, or these credentials may not read it/,
    );
    service.answers({ status: 301 });
    await expect(bucket()).rejects.toThrow("state.bucket: states is in another region");
  });

  it("passes on any other error of S3", async () => {
    service.answers({ status: 500 });
    await expect(bucket()).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
  });
});

describe("the lock of a state", () => {
  const lock = {
    ID: "6163fc96",
    Operation: "OperationTypeApply",
    Who: "ci@runner",
    Created: "2026-11-23T01:11:04Z",
  };
  const read = () => readStateLock(s3(), { stateBucket: "states", statePrefix: "codeseries/acme" }, "dev");
  const notFound = (code: string) => `<Error><Code>${code}</Code><Message>none</Message></Error>`;

  it("is described with its holder, and how to release it", async () => {
    service.answers({ status: 200, body: JSON.stringify(lock) });
    expect(await read()).toEqual(lock);
    expect(describeLock("dev", "cdktf.out/stacks/dev", lock)).toBe(
      `dev: the state is locked by ci@runner (terraform apply) since 2026-11-23T01:11:04Z, lock ID 6163fc96.
If that run has ended without unlocking:
  terraform -chdir=cdktf.out/stacks/dev force-unlock -force 6163fc96`,
    );
  });

  it.each(["NoSuchKey", "NoSuchBucket"])("does not exist if S3 answers %s", async (code) => {
    service.answers({ status: 404, body: notFound(code) });
    expect(await read()).toBeUndefined();
  });

  it("is not taken as released if S3 refuses the request", async () => {
    service.answers({ status: 403, body: notFound("AccessDenied") });
    await expect(read()).rejects.toThrow("none");
  });
});
