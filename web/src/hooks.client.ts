import type { HandleClientError } from '@sveltejs/kit/hooks';

export const handleError: HandleClientError = async (caught) => {
  if (caught.kind === 'app') return;
  const { sentenceForStatus } = await import('#lib/status-sentence.ts');
  if (caught.kind === 'framework') return { message: sentenceForStatus(caught.error.status) };
  console.error(caught.error);
  return { message: sentenceForStatus(500) };
};
