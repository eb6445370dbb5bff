import { bridgeName, macOf, subnet } from "../../../src/local/engine/buildah/bridge";
import { isBusybox } from "../../../src/local/engine/buildah/busybox";
import { authFile } from "../../../src/local/engine/buildah/storage";

test("a MAC address is derived from its address, and is a local one", () => {
  expect(macOf("198.18.7.2")).toBe("02:42:c6:12:07:02");
  expect(macOf("198.19.255.254")).toBe("02:42:c6:13:ff:fe");
});

test("each folder has a bridge and a network of its own, in the range for benchmarks", () => {
  const of = (folder: string) => {
    process.env.CODESERIES_LOCAL = folder;
    return [bridgeName(), subnet()];
  };
  const [name = "", network] = of("/one");
  expect(name.length).toBeLessThanOrEqual(15);
  expect(network).toMatch(/^198\.1[89]\.\d+$/);
  expect(of("/two")).not.toEqual([name, network]);
  expect(of("/one")).toEqual([name, network]);
  delete process.env.CODESERIES_LOCAL;
});

test.each([
  ["public.ecr.aws/docker/library/busybox:1.36.1", true],
  ["busybox", true],
  ["busybox@sha256:1", true],
  ["example.com/mybusybox:1", false],
  ["example.com/busybox-web:1", false],
])("%s is busybox: %s", (reference, is) => {
  expect(isBusybox(reference)).toBe(is);
});

test("a login is of the registry that the image is named after", () => {
  const credentials = { user: "AWS", password: "to:ken" };
  expect(JSON.parse(authFile("127.0.0.1:5000/111.dkr.ecr/web@sha256:1", credentials))).toEqual({
    auths: { "127.0.0.1:5000": { auth: Buffer.from("AWS:to:ken").toString("base64") } },
  });
});
