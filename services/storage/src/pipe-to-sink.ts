import { finished, type Readable, type Writable } from 'node:stream';

/**
 * Pipes `source` into `sink` and resolves when the sink has finished. Unlike stream.pipeline it never destroys the
 * source: destroying a request closes its socket before the response is sent.
 */
export function pipeToSink(source: Readable, sink: Writable): Promise<void> {
  return new Promise((resolve, reject) => {
    const stopWatching = finished(source, { writable: false }, (error) => {
      if (error) sink.destroy(error);
    });
    finished(sink, (error) => {
      stopWatching();
      source.unpipe(sink);
      if (error) reject(error);
      else resolve();
    });
    source.pipe(sink);
  });
}
