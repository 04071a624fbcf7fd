/**
 * What a page's `load` reads from the API. A refusal becomes the error page with its status and
 * sentence; anything else is a defect and goes on as it is.
 */
export async function forPage<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (thrown) {
    // Most pages never need the words of all refusals, so these come when something is refused.
    const { refusedPage } = await import('./refused-page.ts');
    return refusedPage(thrown);
  }
}
