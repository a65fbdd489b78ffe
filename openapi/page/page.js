// A file of its own, so that the page's security policy needs no exception for inline scripts.
const reference = window.SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  persistAuthorization: true,
  tryItOutEnabled: true,
  displayOperationId: true,
  displayRequestDuration: true,
  // Otherwise the page asks a validator of its own for a picture.
  validatorUrl: null,
  // Who logs in on this page is logged in on it.
  responseInterceptor(response) {
    const token = response.ok && response.body?.access_token;
    if (token) reference.preauthorizeApiKey('accessToken', token);
    return response;
  },
});
