import { parseString, referencesOf } from "../../bench/expression";

const reference = (address: string, attribute: string) => ({ kind: "reference", address, attribute });

test("a reference alone", () => {
  expect(parseString("${aws_kms_key.a_b-c_1F.arn}")).toEqual([reference("aws_kms_key.a_b-c_1F", "arn")]);
});

test("references within text", () => {
  expect(parseString("arn:${aws_a.x.name}/${data.aws_b.y.json}/*")).toEqual([
    "arn:",
    reference("aws_a.x", "name"),
    "/",
    reference("data.aws_b.y", "json"),
    "/*",
  ]);
});

test("an attribute of several parts", () => {
  expect(parseString("${data.terraform_remote_state.dev.outputs.cross-stack-output-x}")).toEqual([
    reference("data.terraform_remote_state.dev", "outputs.cross-stack-output-x"),
  ]);
});

test("a function, with references, text and numbers", () => {
  const parts = parseString('${element(aws_a.x.names, 1, "a, b}")}');
  expect(parts).toEqual([
    { kind: "call", name: "element", args: [reference("aws_a.x", "names"), 1, "a, b}"] },
  ]);
  expect(parts.flatMap((part) => (typeof part === "string" ? [] : referencesOf(part)))).toEqual([
    reference("aws_a.x", "names"),
  ]);
});

test.each(["plain", "$${HOME}", "{}"])("%s is text", (text) => {
  expect(parseString(text)).toEqual([text]);
});

test.each(["${1 + 2}", "${terraform.workspace}", "${upper(lower(aws_a.x.name))}"])(
  "%s is refused",
  (text) => {
    expect(() => parseString(text)).toThrow("no reference and no call");
  },
);
