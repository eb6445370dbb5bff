/**
 * Tests that take minutes, such as releases to three environments. Two cores have no time for them next to all
 * others, so they are counted as skipped unless CODESERIES_LONG is set: `CODESERIES_LONG=1 npm run test:embedded`.
 */
export const describeLong = process.env.CODESERIES_LONG === undefined ? describe.skip : describe;
