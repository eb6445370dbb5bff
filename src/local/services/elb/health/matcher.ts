/** Whether a status is one of the success codes of a target group, such as `200`, `200,301` or `200-299,301`. */
export const isSuccess = (codes: string, status: number): boolean =>
  codes.split(",").some((range) => {
    const [from = NaN, to = from] = range.trim().split("-").map(Number);
    return status >= from && status <= to;
  });
