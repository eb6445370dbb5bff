import type { Expression } from "../../bench/expression";
import { camelCase, plainTemplate, propsTemplate } from "../../bench/template";

const show = (expression: Expression) =>
  expression.kind === "call" ? `<${expression.name}>` : `<${expression.address} ${expression.attribute}>`;

test.each([
  ["cidr_block", "cidrBlock"],
  ["enable_http2", "enableHttp2"],
  ["name", "name"],
])("%s is %s", (key, expected) => {
  expect(camelCase(key)).toBe(expected);
});

test("references become what they are evaluated to", () => {
  const template = propsTemplate({
    "//": { metadata: {} },
    kms_key: "${aws_kms_key.k.arn}",
    nested_blocks: [{ some_value: "a-${aws_b.b.id}-c", enabled: true, size: 3, none: null }],
  });
  expect(template.make(show)).toEqual({
    kmsKey: "<aws_kms_key.k arn>",
    nestedBlocks: [{ someValue: "a-<aws_b.b id>-c", enabled: true, size: 3, none: null }],
  });
  expect(template.references.map(({ address }) => address)).toEqual(["aws_kms_key.k", "aws_b.b"]);
});

test("an expression alone keeps its type", () => {
  const list = ["a"];
  expect(propsTemplate({ zones: "${element(aws_a.x.names, 0)}" }).make(() => list)).toEqual({ zones: list });
});

test("keys of tags, and of outputs, are the user's own", () => {
  expect(propsTemplate({ tags: { my_tag: "x" } }).make(show)).toEqual({ tags: { my_tag: "x" } });
  expect(plainTemplate({ my_service: "x" }).make(show)).toEqual({ my_service: "x" });
});

test("each value is made anew", () => {
  const template = propsTemplate({ tags: { a: "x" } });
  expect(template.make(show)).not.toBe(template.make(show));
});
