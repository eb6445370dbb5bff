import { z } from "zod";
import { mappingOf, text } from "./values";

/** @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const ownTags = ["Name", "Environment", "Service", "ManagedBy"];
const tagText = "letters, digits, spaces or _.:/=+-@";
const tagKey = z
  .string()
  .regex(
    /^(?!aws:)[\p{L}\p{N} _.:/=+@-]{1,128}$/u,
    `a tag key of 1 to 128 ${tagText}, not starting with aws:`,
  )
  .refine(
    (key) => !ownTags.some((own) => own.toLowerCase() === key.toLowerCase()),
    `a tag key other than ${ownTags.join(", ")}, which codeseries sets itself`,
  );
const MAX_TAGS = 50 - ownTags.length;
export const tags = z
  .record(
    tagKey,
    text(/^[\p{L}\p{N} _.:/=+@-]{0,256}$/u, `text of at most 256 ${tagText}`),
    mappingOf("tags"),
  )
  .refine(
    (map) => new Set(Object.keys(map).map((key) => key.toLowerCase())).size === Object.keys(map).length,
    {
      // IAM knows tag keys without regard to case.
      error: "tag keys that differ in more than case",
    },
  )
  .refine(
    (map) => Object.keys(map).length <= MAX_TAGS,
    `at most ${MAX_TAGS} tags: AWS allows 50 for each resource`,
  );
