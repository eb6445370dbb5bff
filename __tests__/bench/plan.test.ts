import { crossStackReferences, inOrder, type PlannedBlock } from "../../bench/plan";
import type { StackJson } from "../../bench/stack-json";
import { propsTemplate } from "../../bench/template";

function block(address: string, references: string[] = [], dependsOn: string[] = []) {
  const props = propsTemplate(references.map((other) => `\${${other}.arn}`));
  return { address, props, dependsOn } as unknown as PlannedBlock;
}

const addresses = (blocks: readonly PlannedBlock[]) => inOrder(blocks).map(({ address }) => address);

test("a block comes after those that it refers to, and otherwise where it was", () => {
  const blocks = [
    block("aws_a.a", ["aws_c.c"]),
    block("aws_b.b"),
    block("aws_c.c", [], ["aws_d.d"]),
    block("aws_d.d"),
  ];
  expect(addresses(blocks)).toEqual(["aws_d.d", "aws_c.c", "aws_a.a", "aws_b.b"]);
});

test("a reference to another stack holds nothing up", () => {
  expect(addresses([block("aws_a.a", ["data.terraform_remote_state.dev"]), block("aws_b.b")])).toEqual([
    "aws_a.a",
    "aws_b.b",
  ]);
});

const stackWith = (output: StackJson["output"]): ReadonlyMap<string, StackJson> =>
  new Map([["dev", { output, provider: {}, terraform: { backend: {} } }]]);

test("an output for another stack stands for its reference", () => {
  const stacks = stackWith({
    url: { value: "${aws_lb.lb.dns_name}" },
    "cross-stack-output-x": { value: "${aws_iam_role.x.arn}" },
  });
  expect([...crossStackReferences(stacks)]).toEqual([
    [
      "data.terraform_remote_state.cross-stack-reference-input-dev.outputs.cross-stack-output-x",
      { kind: "reference", address: "aws_iam_role.x", attribute: "arn" },
    ],
  ]);
});

test("an output for another stack is a reference", () => {
  expect(() => crossStackReferences(stackWith({ "cross-stack-output-x": { value: "text" } }))).toThrow(
    'expected a reference, got "text"',
  );
});
