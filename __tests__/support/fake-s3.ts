import { NoSuchKey, S3Client } from "@aws-sdk/client-s3";

/** Objects by key, and answers to requests about the bucket, by the command's name. */
export function fakeS3(
  objects: Readonly<Record<string, unknown>>,
  answers: Readonly<Record<string, unknown>> = {},
): S3Client {
  const s3 = new S3Client({ region: "eu-central-1" });
  const send = (command: { readonly input: { readonly Key?: string } }) => {
    const name = command.constructor.name.replace(/Command$/, "");
    if (name === "ListObjectsV2") return { Contents: Object.keys(objects).map((Key) => ({ Key })) };
    if (name in answers) return answers[name];
    const { Key = "" } = command.input;
    if (name === "GetObject" && Key in objects)
      return { Body: { transformToString: () => Promise.resolve(JSON.stringify(objects[Key])) } };
    throw new NoSuchKey({ message: `${name} ${Key}`, $metadata: { httpStatusCode: 404 } });
  };
  return Object.assign(s3, {
    send: (command: { readonly input: object }) =>
      new Promise((resolve) => {
        resolve(send(command));
      }),
  });
}
