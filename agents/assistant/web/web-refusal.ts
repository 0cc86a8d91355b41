/** A page that is not read; the message is a sentence for the model, with nothing in it of the inner network. */
export class WebRefusal extends Error {
  override readonly name = 'WebRefusal';
}
