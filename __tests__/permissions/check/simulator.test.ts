import { loadSimulator } from "../../../src/permissions/check/simulator";

describe("loadSimulator", () => {
  const failing = (code: string) => () => Promise.reject(Object.assign(new Error("no"), { code }));

  it.each(["MODULE_NOT_FOUND", "ERR_MODULE_NOT_FOUND"])("says how to install it, on %s", async (code) => {
    await expect(loadSimulator(failing(code))).rejects.toThrow(
      "the permission proof needs an IAM simulator: run npm install --save-dev @cloud-copilot/iam-simulate @cloud-copilot/iam-policy",
    );
  });

  it("does not hide another error", async () => {
    await expect(loadSimulator(failing("EACCES"))).rejects.toThrow(/^no$/);
  });
});
