/** The part of a function's ARN that is its name. */
const NAME_PART = 6;

/** The name of a Lambda function that is given by its name or ARN, with or without a qualifier. */
export function functionName(reference: string): string {
  const parts = reference.split(":");
  return (reference.startsWith("arn:") ? parts[NAME_PART] : parts[0]) ?? reference;
}
