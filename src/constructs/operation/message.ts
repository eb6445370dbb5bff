/** `text` for email. `chat` for Amazon Q Developer in chat applications, which drops every other form. */
export type MessageForm = "text" | "chat";

export interface Message {
  readonly title: string;
  readonly text: string;
  /** A command that says more. */
  readonly next?: string;
}

/**
 * The template of a message, which EventBridge fills in. It is JSON: a string, or an object.
 *
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
 */
export function template({ next, text, title }: Message, form: MessageForm): string {
  if (form === "text")
    return JSON.stringify([`${title}.`, text, ...(next ? [`Run: ${next}`] : [])].join(" "));
  const content = {
    textType: "client-markdown",
    title,
    description: text,
    ...(next && { nextSteps: [`Run \`${next}\``] }),
  };
  return JSON.stringify({ version: "1.0", source: "custom", content });
}
