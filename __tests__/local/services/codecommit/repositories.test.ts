import { parseHeaders } from "../../../../src/local/services/codecommit/backend";
import { requested } from "../../../../src/local/services/codecommit/repositories";
import { differing, told } from "../../../../src/local/services/codecommit/sync";

test.each([
  ["/v1/repos/orders/info/refs", "codecommit", "orders", "/info/refs"],
  ["/v1/repos/orders.git/git-upload-pack", "codecommit", "orders", "/git-upload-pack"],
  ["/v1/repos/a.b_c-d", "codecommit", "a.b_c-d", ""],
  ["/connections/acme/orders/info/refs", "connection", "acme/orders", "/info/refs"],
  ["/connections/acme/orders.git/git-receive-pack", "connection", "acme/orders", "/git-receive-pack"],
  ["/connections/acme/team/orders/info/refs", "connection", "acme/team/orders", "/info/refs"],
])("%s", (path, service, name, rest) => {
  expect(requested(path)).toEqual({ service, name, path: rest });
});

test.each([
  "/",
  "/v1/repos/",
  "/v1/repos/../x",
  "/v1/repos/..",
  "/connections/acme",
  "/connections/../../x",
  "/v2/x",
])("%s is about no repository", (path) => {
  expect(requested(path)).toBeUndefined();
});

test("refs differ by what was created, updated and deleted", () => {
  const before = { "refs/heads/a": "11111111aa", "refs/heads/b": "1", "refs/tags/c": "22222222aa" };
  const after = { "refs/heads/a": "33333333aa", "refs/heads/b": "1", "refs/heads/d": "44444444aa" };
  const names = differing(before, after);
  expect(names.map((name) => told(name, before, after))).toEqual([
    "a 11111111..33333333",
    "d created at 44444444",
    "c deleted",
  ]);
});

test("the headers of a CGI program have the status", () => {
  expect(parseHeaders("Status: 404 Not Found\r\nContent-Type: text/plain")).toEqual({
    status: 404,
    headers: { "Content-Type": "text/plain" },
  });
  expect(parseHeaders("Expires: Fri, 01 Jan 1980 00:00:00 GMT").status).toBe(200);
});
