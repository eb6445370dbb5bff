import { TASK_DEFINITION_PLACEHOLDER } from "./app-spec";
import { FILLED, OUTPUT_FOLDER, fail, script } from "./build-script";
import { APP_SPEC_FILE, IMAGE_DETAIL_FILE, TASK_DEFINITION_FILE, imageDetail } from "./files";
import { IMAGE_PLACEHOLDER } from "./task-definition";

/** The files that a repository may have in place of the generated ones. */
export const OWN_FOLDER = "codeseries/codedeploy";
const own = (file: string) => `${OWN_FOLDER}/${file}`;
const taken = (file: string) => `${OUTPUT_FOLDER}/${file}`;

/** Lines that fail if files have other placeholders than the deploy action's. */
export const checkPlaceholders = (files: string, place: string) => [
  `cs_unresolved="$(grep -Eho '<[A-Z][A-Z0-9_]*>' ${files} | grep -Ev '^${IMAGE_PLACEHOLDER}$|^${TASK_DEFINITION_PLACEHOLDER}$' | sort -u | tr '\\n' ' ')"`,
  `[ -z "\${cs_unresolved}" ] || ${fail(`These placeholders of ${place} have no value: \${cs_unresolved% }.`)}`,
];

/** Lines that fail if the deploy action could not use the files. */
export const checkFiles = (appSpec: string) => [
  `jq -e . ${taken(TASK_DEFINITION_FILE)} > /dev/null || ${fail(`${TASK_DEFINITION_FILE} is not valid JSON.`)}`,
  `grep -q '${IMAGE_PLACEHOLDER}' ${taken(TASK_DEFINITION_FILE)} ||`,
  `  ${fail(`${TASK_DEFINITION_FILE} must have ${IMAGE_PLACEHOLDER} as the image of the service's container.`)}`,
  `grep -q '${TASK_DEFINITION_PLACEHOLDER}' ${taken(APP_SPEC_FILE)} ||`,
  `  ${fail(`${appSpec} must have ${TASK_DEFINITION_PLACEHOLDER} as the task definition.`)}`,
];

export const writeImageDetail = [
  `cat > ${taken(IMAGE_DETAIL_FILE)} <<EOF`,
  imageDetail("${IMAGE_URI}"),
  "EOF",
];

/** Collects the three files of the output artifact. A file of the repository is used in place of a generated one. */
export const collectFiles = script(
  `rm -rf ${OUTPUT_FOLDER} && mkdir ${OUTPUT_FOLDER} || exit 1`,
  `cs_appspec=${own("appspec.yml")}`,
  `if [ -f ${own("appspec.yaml")} ]; then`,
  `  [ ! -f "\${cs_appspec}" ] || ${fail(`The repository has appspec.yml and appspec.yaml in ${OWN_FOLDER}; keep one.`)}`,
  `  cs_appspec=${own("appspec.yaml")}`,
  "fi",
  `for cs_pair in "${TASK_DEFINITION_FILE} ${own("taskdef.json")}" "${APP_SPEC_FILE} \${cs_appspec}"; do`,
  '  read -r cs_file cs_own <<< "${cs_pair}"',
  `  cs_output="${taken("${cs_file}")}"`,
  '  if [ -f "${cs_own}" ]; then',
  '    cp "${cs_own}" "${cs_output}" || exit 1',
  `    for cs_name in ${FILLED.join(" ")}; do sed -i "s#<\${cs_name}>#\${!cs_name}#g" "\${cs_output}" || exit 1; done`,
  ...checkPlaceholders('"${cs_output}"', "${cs_own}").map((line) => `    ${line}`),
  "  else",
  '    aws s3 cp --only-show-errors "${DELIVERY_FILES}/${cs_file}" "${cs_output}" || exit 1',
  "  fi",
  "done",
  ...checkFiles("${cs_appspec}"),
  ...writeImageDetail,
);

/** The deploy action's own message for a larger artifact does not mention its size. */
export const MAX_BYTES = 3_000_000;

export const checkSize = script(
  `cs_size="$(cat ${OUTPUT_FOLDER}/* | wc -c)"`,
  `[ "\${cs_size}" -lt ${MAX_BYTES} ] || ${fail(`The output has \${cs_size} bytes; the deploy action reads less than ${MAX_BYTES}.`)}`,
);
