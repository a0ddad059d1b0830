# Ratios of two independent shares with MOVER of logarithms (Zou & Donner 2008) from Wilson limits of prop.test:
# Rscript tests/reference/ratio-of-shares.R > tests/reference/ratio_of_shares.json
cases <- list(c(12, 80, 30, 240), c(140, 1000, 420, 3000), c(3, 60, 50, 70), c(45, 50, 2, 90), c(200, 400, 200, 400), c(7, 5000, 900, 2500))
wilson <- function(x, n) { t <- prop.test(x, n, correct = FALSE); c(x / n, t$conf.int) }
number <- function(x) formatC(x, digits = 17, format = "g")
lines <- sapply(cases, function(k) {
  a <- wilson(k[1], k[2]); b <- wilson(k[3], k[4]); la <- log(a); lb <- log(b)
  low <- exp(la[1] - lb[1] - sqrt((la[1] - la[2])^2 + (lb[3] - lb[1])^2))
  high <- exp(la[1] - lb[1] + sqrt((la[3] - la[1])^2 + (lb[1] - lb[2])^2))
  sprintf('  { "counts": [%s], "left": [%s], "right": [%s], "ratio": [%s] }', paste(k, collapse = ", "),
          paste(number(a), collapse = ", "), paste(number(b), collapse = ", "), paste(number(c(a[1] / b[1], low, high)), collapse = ", "))
})
cat("[\n", paste(lines, collapse = ",\n"), "\n]\n", sep = "")
