import type { PreprocessorGroup } from 'svelte/compiler';

/**
 * Kit hides the element in which it announces a new page by a `style` attribute, which our content
 * security policy refuses: the words would stand on the page. A class of ours hides it instead.
 */
export const announcerWithoutStyle: PreprocessorGroup = {
  name: 'announcer-without-style',
  markup({ content, filename }) {
    if (filename?.endsWith('/kit/src/runtime/components/root.svelte') !== true) return undefined;
    const code = content.replace(/(id="svelte-announcer"[^>]*?)\sstyle="[^"]*"/, '$1 class="usa-sr-only"');
    if (code === content) throw new Error('Kit announces pages in another way now: look at its root.svelte.');
    return { code };
  },
};
