import { template } from "../../../src/constructs/operation/message";

const message = {
  title: "orders to dev: FAILED in <stage>",
  text: "Execution <id>.",
  next: "npx codeseries why",
};

describe("the template of a message", () => {
  it("is one sentence after the other, as a JSON string, for email", () => {
    expect(JSON.parse(template(message, "text"))).toBe(
      "orders to dev: FAILED in <stage>. Execution <id>. Run: npx codeseries why",
    );
  });

  it("has the form that Amazon Q Developer takes, for a chat", () => {
    expect(JSON.parse(template(message, "chat"))).toEqual({
      version: "1.0",
      source: "custom",
      content: {
        textType: "client-markdown",
        title: "orders to dev: FAILED in <stage>",
        description: "Execution <id>.",
        nextSteps: ["Run `npx codeseries why`"],
      },
    });
  });

  it("names no command without one", () => {
    const rest = { title: message.title, text: message.text };
    expect(template(rest, "text")).not.toContain("Run");
    expect(template(rest, "chat")).not.toContain("nextSteps");
  });
});
