/** Stands in for a function where a test is about the stack and not about what runs in it. */
export const handler = async () => ({ statusCode: 200, body: '' });
