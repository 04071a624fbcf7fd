/** The id of a form's field, so that an error summary can link to it: `budget.high` is `field-budget-high`. */
export function fieldId(name: string): string {
  return `field-${name.replaceAll(/[^A-Za-z0-9_-]+/g, '-')}`;
}
