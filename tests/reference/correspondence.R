# Makes correspondence.json by R's ca (made with R 4.2.2, ca 0.71.1).
# Run: Rscript tests/reference/correspondence.R > tests/reference/correspondence.json
library(ca)
table <- matrix(c(12, 3, 0, 5, 8, 2, 9, 4, 4, 1, 7, 7, 2, 0, 6, 1, 2, 11, 3, 3, 15, 1, 1, 2, 4, 4, 4, 5, 6, 5),
                nrow = 6, byrow = TRUE)
further <- c(3, 1, 4, 1, 5)
fit <- ca(rbind(table, further), suprow = 7)
number <- function(x) paste0("[", paste(formatC(x, digits = 17, format = "g"), collapse = ", "), "]")
rows <- function(m) paste0("[", paste(apply(m, 1, number), collapse = ",\n  "), "]")
axes <- length(fit$sv)
# Standard coordinates times singular values are principal coordinates; contributions are mass x standard².
r <- 1:6
standard <- fit$rowcoord[r, ]
principal <- standard %*% diag(fit$sv)
cat("{\"singular\": ", number(fit$sv), ",\n",
    "\"row_mass\": ", number(fit$rowmass[r]), ",\n",
    "\"row_inertia\": ", number(fit$rowinertia[r]), ",\n",
    "\"column_inertia\": ", number(fit$colinertia), ",\n",
    "\"rows\": ", rows(principal), ",\n",
    "\"columns\": ", rows(fit$colcoord %*% diag(fit$sv)), ",\n",
    "\"row_contributions\": ", rows(fit$rowmass[r] * standard^2), ",\n",
    "\"column_contributions\": ", rows(fit$colmass * fit$colcoord^2), ",\n",
    "\"further\": ", number(fit$rowcoord[7, ] * fit$sv), "}\n", sep = "")
