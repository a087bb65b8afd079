"use strict";

// A person who is logged in to the console may try an operation: Django's CSRF token then goes along.
const csrfToken = () => (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1];

SwaggerUIBundle({
    domNode: document.getElementById("docs"),
    url: document.getElementById("docs").dataset.schema,
    deepLinking: true,
    docExpansion: "none",
    validatorUrl: null,
    requestInterceptor: (request) => {
        const token = csrfToken();
        if (token && request.method !== "GET") {
            request.headers["X-CSRFToken"] = token;
        }
        return request;
    },
});
