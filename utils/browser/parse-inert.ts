import { AppError } from '../errors';
import { bytesOf } from '../source/text-bytes';

/**
 * Markup as a document in which nothing runs and nothing is loaded. The browser parses it as the answer to a request,
 * because the extension's policy lets no string become a document.
 */
export async function parseInert(html: string): Promise<Document> {
  const bytes = await bytesOf(html);
  return new Promise((resolve, reject) => {
    const address = URL.createObjectURL(new Blob([bytes], { type: 'text/html;charset=utf-8' }));
    const request = new XMLHttpRequest();
    request.open('GET', address);
    request.responseType = 'document';
    request.onload = () => {
      URL.revokeObjectURL(address);
      if (request.responseXML) resolve(request.responseXML);
      else reject(new AppError('page-empty', { images: 0, frames: 0 }));
    };
    request.onerror = () => {
      URL.revokeObjectURL(address);
      reject(new Error('The page could not be parsed'));
    };
    request.send();
  });
}
