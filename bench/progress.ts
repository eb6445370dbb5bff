/** A line that tells how far long work is: on a terminal each takes the place of the one before. */
export function progressLine(stream: NodeJS.WriteStream) {
  const show = (text: string, end: string) =>
    stream.write(stream.isTTY ? `\r\u001b[K${text}` : `${text}${end}`);
  return {
    step: (text: string) => show(text, "\n"),
    clear: () => show("", ""),
  };
}
